// What a carrier's page adds: the access token of the subscriber who is signed in there.
document.querySelector("esim-renewal").tokenProvider = async () => "a-token-of-the-page";

"""The public face: pages that anybody reads without signing in, made of what the apps hold. It keeps nothing itself."""

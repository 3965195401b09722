"""HELLO-S: what any page of a Django project costs that knows who asks: session, user, one query."""

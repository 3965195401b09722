from django.urls import path

from schools.views import context

app_name = "schools"
urlpatterns = [
    path("context/", context.contexts, name="contexts"),  # /context/
    path("context/export/", context.contexts_export, name="contexts-export"),  # /context/export/
    path("context/<int:urn>/", context.context, name="context"),  # /context/104505/
    path("context/<int:urn>/<int:year>/", context.keep, name="context-keep"),  # /context/104505/2025/
]

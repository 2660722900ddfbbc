"""A real RTSP server (GStreamer's) that plays one clip to everybody who asks; run by the system's Python.

Usage: ``/usr/bin/python3 rtsp_server.py CLIP.mp4 PORT [USER PASSWORD]``. It prints ``ready`` when it listens on
``rtsp://127.0.0.1:PORT/street`` and runs until it is killed. Every client gets the clip from its beginning, in
real time, and the end of stream at its end.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402 - gi wants its versions named first


def _protect(server: GstRtspServer.RTSPServer, user: str, password: str) -> GstRtspServer.RTSPPermissions:
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("user", "media.factory.access", True)  # noqa: FBT003 - C signature
    permissions.add_permission_for_role("user", "media.factory.construct", True)  # noqa: FBT003 - C signature
    return permissions


def main(clip: str, port: str, *login: str) -> None:
    """Serve ``clip`` until killed."""
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( filesrc location={clip} ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 )")
    if login:
        factory.set_permissions(_protect(server, login[0], login[1]))
    server.get_mount_points().add_factory("/street", factory)
    if not server.attach(None):
        raise SystemExit(f"cannot listen on port {port}")
    print("ready", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(*sys.argv[1:])

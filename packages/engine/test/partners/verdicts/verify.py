"""Judges the requests of a vectors file with the Python example's verifier, and prints one verdict a line.

Arguments: the example's folder, requests.json. Keys come by PARTNER_CALLERS, as when it serves.
"""
import json
import sys
from datetime import datetime
from email.message import Message

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import partner  # noqa: E402

with open(sys.argv[2], encoding="utf-8") as file:
    vectors = json.load(file)["vectors"]
for vector in vectors:
    request, now = vector["request"], datetime.fromisoformat(vector["now"].replace("Z", "+00:00")).timestamp()
    headers = Message()
    for name, value in request["headers"].items():
        for one in value if isinstance(value, list) else [value]:
            headers[name] = one
    split = request["target_uri"].index("/pxp/v1/")
    partner.BASE_URL, partner.time.time = request["target_uri"][:split], lambda now=now: now
    try:
        taken = partner.SignedRequest(
            request["method"], request["target_uri"][split:], headers, request["body"].encode()
        )
        verdict = {"ok": True, "key_id": taken.key_id, "nonce": taken.nonce}
    except partner.Unauthorised as refusal:
        verdict = {"ok": False, "code": refusal.code, "nonce": partner.find_nonce(headers)}
    print(json.dumps(verdict))

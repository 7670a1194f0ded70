import json
import sys

request = json.loads(sys.stdin.readline())
rate = request["configuration"]["learning-rate"]
momentum = request["configuration"]["momentum"]

x, y, speed_x, speed_y = -4.0, 4.0, 0.0, 0.0
for step in range(1, 11):
    speed_x = momentum * speed_x - rate * 2 * x
    speed_y = momentum * speed_y - rate * 0.2 * y
    x, y = x + speed_x, y + speed_y
    loss = x * x + 0.1 * y * y
    print(json.dumps({"step": step, "metrics": {"loss": loss}}), flush=True)
    if json.loads(sys.stdin.readline())["verdict"] != "continue":
        break

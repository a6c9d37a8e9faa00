to: config/scheduler.yaml
skip_exists: true
message: "The jobs of the scheduler were added. List them with `cargo loco scheduler --config config/scheduler.yaml --list`."
---
output: stdout
jobs:
  greet:
    shell: true
    run: "echo hello"
    # Every hour: second, minute, hour, day, month, day of the week.
    schedule: "0 0 * * * *"
    tags: ["example"]

  # Runs a task; a schedule may also be English.
  # clean:
  #   run: "my_task name:value"
  #   schedule: "at 10:00 am"

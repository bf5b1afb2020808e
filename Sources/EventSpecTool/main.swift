print("eventspec")

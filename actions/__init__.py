"""Rasa SDK actions: read the tracker, call one pure function, utter, return events."""

"""From a press in the room to the live message on screen, while the cards of many decisions are edited."""

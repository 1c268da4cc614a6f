"""Scores how talk is taken apart: logs of IRC, rooms of Gitter, hidden replies of exports, meetings."""

"""Results: `building` is their one writer, `verification` computes them again, `facts` quotes."""

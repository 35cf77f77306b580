"""Results: `building` writes them alone; `verification` computes them again; `facts` quotes them."""

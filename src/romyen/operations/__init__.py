"""Operations under police authority: who took part, whom we met, what came of it."""

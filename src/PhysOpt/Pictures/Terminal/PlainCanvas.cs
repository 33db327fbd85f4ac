namespace PhysOpt.Pictures.Terminal;

/// <summary>A canvas of ASCII: a character of its own for the points of each curve, and dots between them.</summary>
internal sealed class PlainCanvas(int columns, int rows) : ICanvas
{
    const string Symbols = "*+o#%@=~&$";
    const char Between = '.';

    readonly char[] characters = [.. Enumerable.Repeat(' ', columns * rows)];
    readonly int[] curves = [.. Enumerable.Repeat(-1, columns * rows)];

    public int Width => columns;

    public int Height => rows;

    public int Rows => rows;

    public void Point(int x, int y, int curve, bool isMarked) => Set(x, y, Symbols[curve % Symbols.Length], curve);

    public void Line(int x, int y, int toX, int toY, int curve)
    {
        foreach (var point in Raster.Line(x, y, toX, toY))
        {
            if (Contains(point.X, point.Y) && characters[point.Y * columns + point.X] == ' ') Set(point.X, point.Y, Between, curve);
        }
    }

    public void Mark(int x, int y, MarkKind kind) => Set(x, y, Symbol(kind), -1);

    public IEnumerable<(char Character, int Curve)> Row(int row) =>
        Enumerable.Range(row * columns, columns).Select(cell => (characters[cell], curves[cell]));

    public string Symbol(int curve) => $"{Symbols[curve % Symbols.Length]}";

    public char Symbol(MarkKind kind) => kind == MarkKind.Start ? 'S' : 'X';

    void Set(int x, int y, char character, int curve)
    {
        if (!Contains(x, y)) return;
        characters[y * columns + x] = character;
        curves[y * columns + x] = curve;
    }

    bool Contains(int x, int y) => x >= 0 && x < columns && y >= 0 && y < rows;
}

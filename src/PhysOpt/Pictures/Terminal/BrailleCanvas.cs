namespace PhysOpt.Pictures.Terminal;

/// <summary>A canvas of braille characters (Unicode 2800 to 28FF): two by four points in each, and one colour.</summary>
internal sealed class BrailleCanvas(int columns, int rows) : ICanvas
{
    /// <summary>The bit of each point of a character, by row and column: the numbering of the dots is older than computers.</summary>
    static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    const char Bullet = '•';

    readonly byte[] dots = new byte[columns * rows];
    readonly int[] curves = [.. Enumerable.Repeat(-1, columns * rows)];
    readonly HashSet<int> marked = [];
    readonly Dictionary<int, MarkKind> marks = [];

    public int Width => 2 * columns;

    public int Height => 4 * rows;

    public int Rows => rows;

    public void Point(int x, int y, int curve, bool isMarked)
    {
        if (!Contains(x, y)) return;
        var cell = y / 4 * columns + x / 2;
        dots[cell] |= Bits[y % 4, x % 2];
        curves[cell] = curve;
        if (isMarked) marked.Add(cell);
    }

    public void Line(int x, int y, int toX, int toY, int curve)
    {
        foreach (var point in Raster.Line(x, y, toX, toY)) Point(point.X, point.Y, curve, isMarked: false);
    }

    public void Mark(int x, int y, MarkKind kind)
    {
        if (Contains(x, y)) marks[y / 4 * columns + x / 2] = kind;
    }

    public IEnumerable<(char Character, int Curve)> Row(int row) => Enumerable.Range(row * columns, columns).Select(cell =>
        marks.TryGetValue(cell, out var kind) ? (Symbol(kind), -1) : dots[cell] == 0 ? (' ', -1)
            : (marked.Contains(cell) ? Bullet : (char)(0x2800 + dots[cell]), curves[cell]));

    public string Symbol(int curve) => "⠤•⠤";

    public char Symbol(MarkKind kind) => kind == MarkKind.Start ? '○' : '×';

    bool Contains(int x, int y) => x >= 0 && x < Width && y >= 0 && y < Height;
}

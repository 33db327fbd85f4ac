namespace PhysOpt.Pictures;

/// <summary>Lines of equal value by marching squares, on a grid whose cells are divided where a line bends.</summary>
/// <remarks>
/// A quadtree over a regular grid. The corners that a finer neighbour has on a cell's edge are corners of that cell too, so that both sides
/// of an edge see the same crossings: lines have no cracks between cells of different size, and a line that leaves a fine cell takes the
/// division of cells along. Marching squares: W. Lorensen, H. Cline, SIGGRAPH 1987, in the plane.
/// </remarks>
internal sealed class ContourGrid
{
    /// <summary>
    /// By how much the loss at a line's points may differ from its level where evaluations suffice, as a part of the gap to the nearest
    /// other level.
    /// </summary>
    internal const double Tolerance = 0.1;

    const double AtCrossing = Tolerance / 10, AtMiddle = Tolerance / 2; // of the same gap
    const int MostRootSteps = 8;
    static readonly IReadOnlyList<Crossing> None = [];

    readonly Frame frame;
    readonly int width, height, largest; // of the grid and of its cells, in units of the finest cells
    readonly Dictionary<(int I, int J), double> nodes = [];
    readonly HashSet<Cell> leaves = [];
    readonly Dictionary<(Node From, Node To, double Level), Dot> crossings = [];
    readonly Dictionary<Dot, double> middles = [];
    Func<Dot, double?> evaluate = _ => null;
    Dictionary<double, double> gaps = [];

    /// <summary>A square of cells of the finest size.</summary>
    readonly record struct Cell(int I, int J, int Size);

    /// <summary>A point with a known value.</summary>
    readonly record struct Node(int I, int J, double Value);

    /// <summary>Where a line enters or leaves a cell.</summary>
    readonly record struct Crossing(Dot At, bool Rises);

    /// <summary>A regular grid.</summary>
    /// <param name="values">
    /// Values at its points, by column (horizontal) and row (vertical); where one is not finite there is no line.
    /// </param>
    /// <param name="frame">What the grid covers, its outer points on the edge.</param>
    /// <param name="divisions">How often a cell may be halved.</param>
    internal ContourGrid(double[,] values, Frame frame, int divisions = 0)
    {
        var (columns, rows, size) = (values.GetLength(0), values.GetLength(1), 1 << divisions);
        (this.frame, width, height, largest) = (frame, (columns - 1) * size, (rows - 1) * size, size);
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                nodes.Add((i * size, j * size), values[i, j]);
                if (i + 1 < columns && j + 1 < rows) leaves.Add(new(i * size, j * size, size));
            }
        }
    }

    /// <summary>Divides cells in which a line of one of the levels bends, the largest ones first.</summary>
    /// <param name="levels">The levels, ascending.</param>
    /// <param name="value">The function; null when no evaluation is left.</param>
    internal void Refine(IReadOnlyList<double> levels, Func<Dot, double?> value)
    {
        evaluate = value;
        var lowest = nodes.Values.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        gaps = levels.Select((level, k) => (level, double.Min(
            level - (k > 0 ? levels[k - 1] : lowest),
            k + 1 < levels.Count ? levels[k + 1] - level : double.PositiveInfinity))).ToDictionary();
        var queue = new PriorityQueue<Cell, int>(leaves.Select(cell => (cell, -cell.Size)));
        while (queue.TryDequeue(out var cell, out _))
        {
            if (cell.Size == 1 || !leaves.Contains(cell)) continue;
            var corners = Corners(cell);
            if (!levels.Any(level => Bends(corners, level))) continue;
            if (!TryDivide(cell)) return;
            var half = cell.Size / 2;
            foreach (var (i, j) in new[] { (0, 0), (half, 0), (0, half), (half, half) }) Enqueue(new(cell.I + i, cell.J + j, half));
            foreach (var neighbour in Neighbours(cell)) queue.Enqueue(neighbour, -neighbour.Size);
        }

        void Enqueue(Cell cell)
        {
            leaves.Add(cell);
            queue.Enqueue(cell, -cell.Size);
        }
    }

    /// <summary>The lines of one level, as segments.</summary>
    internal ContourLevel Of(double level)
    {
        var segments = new List<(Dot From, Dot To)>();
        foreach (var cell in leaves)
        {
            var corners = Corners(cell);
            var found = Crossings(corners, level);
            if (found.Count == 0) continue;

            // where there are more than two the mean tells which corners are one side: lines go around those of the other
            var isHigh = corners.Average(corner => corner.Value) >= level;
            for (var k = 0; k < found.Count; k++)
            {
                if (found[k].Rises != isHigh) segments.Add((found[k].At, found[(k + 1) % found.Count].At));
            }
        }

        return new(level, segments);
    }

    /// <summary>True where a line is not the straight segment between its ends, or where there is more than one.</summary>
    bool Bends(List<Node> corners, double level)
    {
        var found = Crossings(corners, level);
        if (found.Count != 2) return found.Count > 2;
        var middle = new Dot((found[0].At.Horizontal + found[1].At.Horizontal) / 2, (found[0].At.Vertical + found[1].At.Vertical) / 2);
        if (!middles.TryGetValue(middle, out var value))
        {
            if (evaluate(middle) is not { } known) return false;
            middles.Add(middle, value = known);
        }

        return !(double.Abs(value - level) <= AtMiddle * gaps[level]);
    }

    /// <summary>Where a line crosses the edges of a cell, in the order around it. None where a value is not finite.</summary>
    IReadOnlyList<Crossing> Crossings(List<Node> corners, double level)
    {
        var (finite, high) = (0, 0);
        foreach (var corner in corners)
        {
            if (double.IsFinite(corner.Value)) finite++;
            if (corner.Value >= level) high++;
        }

        if (finite < corners.Count || high == 0 || high == corners.Count) return None;
        var found = new List<Crossing>(4);
        for (var k = 0; k < corners.Count; k++)
        {
            var (from, to) = (corners[k], corners[(k + 1) % corners.Count]);
            if (from.Value >= level == to.Value >= level) continue;
            // the same edge from both sides is one key, so that both have the same point
            var ordered = (from.I, from.J).CompareTo((to.I, to.J)) < 0 ? (from, to, level) : (to, from, level);
            if (!crossings.TryGetValue(ordered, out var at)) crossings.Add(ordered, at = Locate(ordered.Item1, ordered.Item2, level));
            found.Add(new(at, to.Value >= level));
        }

        return found;
    }

    /// <summary>
    /// Where the function has a value between two points: by regula falsi in the form of Illinois (Dowell and Jarratt 1971), from linear
    /// interpolation on.
    /// </summary>
    Dot Locate(Node from, Node to, double level)
    {
        var (a, b) = ((Part: 0.0, Excess: from.Value - level), (Part: 1.0, Excess: to.Value - level));
        var (part, side) = (a.Excess / (a.Excess - b.Excess), 0);
        for (var step = 0; step < MostRootSteps; step++)
        {
            if (evaluate(At(part)) is not { } value || !double.IsFinite(value)) break;
            var excess = value - level;
            if (double.Abs(excess) <= AtCrossing * gaps[level]) break;
            if (excess >= 0 == b.Excess >= 0) (b, a, side) = ((part, excess), side > 0 ? (a.Part, a.Excess / 2) : a, 1);
            else (a, b, side) = ((part, excess), side < 0 ? (b.Part, b.Excess / 2) : b, -1);
            part = a.Part + (b.Part - a.Part) * (a.Excess / (a.Excess - b.Excess));
        }

        return At(part);

        Dot At(double part) => Place(from.I + part * (to.I - from.I), from.J + part * (to.J - from.J));
    }

    /// <summary>The corners around a cell, and those that finer neighbours have on its edges.</summary>
    List<Node> Corners(Cell cell)
    {
        var (i, j, size) = cell;
        var corners = new List<Node>(8);
        Along(i, j, i + size, j);
        Along(i + size, j, i + size, j + size);
        Along(i + size, j + size, i, j + size);
        Along(i, j + size, i, j);
        return corners;

        void Along(int i0, int j0, int i1, int j1)
        {
            corners.Add(new(i0, j0, nodes[(i0, j0)]));
            Between(i0, j0, i1, j1);
        }

        void Between(int i0, int j0, int i1, int j1)
        {
            if (int.Abs(i1 - i0) + int.Abs(j1 - j0) < 2) return;
            var (i, j) = ((i0 + i1) / 2, (j0 + j1) / 2);
            if (!nodes.TryGetValue((i, j), out var value)) return;
            Between(i0, j0, i, j);
            corners.Add(new(i, j, value));
            Between(i, j, i1, j1);
        }
    }

    /// <summary>Replaces a cell by nothing yet, but with the corners of its quarters known; false when no evaluation is left.</summary>
    bool TryDivide(Cell cell)
    {
        var half = cell.Size / 2;
        foreach (var (i, j) in new[] { (half, 0), (0, half), (half, half), (cell.Size, half), (half, cell.Size) })
        {
            var at = (cell.I + i, cell.J + j);
            if (nodes.ContainsKey(at)) continue;
            if (evaluate(Place(at.Item1, at.Item2)) is not { } value) return false;
            nodes.Add(at, value);
        }

        return leaves.Remove(cell);
    }

    /// <summary>The cells, of the same size or larger, on whose edges a divided cell has put new corners.</summary>
    IEnumerable<Cell> Neighbours(Cell cell)
    {
        var (i, j, size) = cell;
        foreach (var (outsideI, outsideJ) in new[] { (i - 1, j), (i + size, j), (i, j - 1), (i, j + size) })
        {
            if (outsideI < 0 || outsideJ < 0 || outsideI >= width || outsideJ >= height) continue;
            for (var larger = size; larger <= largest; larger *= 2)
            {
                var neighbour = new Cell(outsideI / larger * larger, outsideJ / larger * larger, larger);
                if (!leaves.Contains(neighbour)) continue;
                yield return neighbour;
                break;
            }
        }
    }

    Dot Place(double i, double j) => new(frame.Left + frame.Width * i / width, frame.Bottom + frame.Height * j / height);
}

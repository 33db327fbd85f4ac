namespace PhysOpt.Pictures;

/// <summary>Where a function of two variables that is known on a grid has certain values.</summary>
internal static class Contours
{
    /// <summary>The number of levels.</summary>
    internal const int Levels = 11;

    /// <summary>
    /// Levels that enclose the parts (k/12)^2, k = 1..11, of the picture's area: evenly spaced rings for a bowl, and the same lines for any
    /// increasing function of the loss.
    /// </summary>
    internal static IReadOnlyList<double> LevelsOf(double[,] values)
    {
        double[] sorted = [.. values.Cast<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0 || sorted[0] == sorted[^1]) return [];
        var levels = Enumerable.Range(1, Levels).Select(k => sorted[(int)((sorted.Length - 1L) * k * k / ((Levels + 1) * (Levels + 1)))]);
        return [.. levels.Where(level => level > sorted[0]).Distinct()];
    }

    /// <summary>The lines of one level, by marching squares (W. Lorensen, H. Cline, SIGGRAPH 1987, in the plane).</summary>
    /// <param name="values">Values at the points of a grid, by column (horizontal) and row (vertical); where one is not finite there is no line.</param>
    /// <param name="frame">What the grid covers, its outer points on the edge.</param>
    /// <param name="level">The level.</param>
    internal static ContourLevel Of(double[,] values, Frame frame, double level)
    {
        var (columns, rows) = (values.GetLength(0), values.GetLength(1));
        var pieces = new List<(Dot From, Dot To)>();
        var crossings = new List<Dot>(4);
        for (var i = 0; i + 1 < columns; i++)
        {
            for (var j = 0; j + 1 < rows; j++)
            {
                var (a, b, c, d) = (values[i, j], values[i + 1, j], values[i + 1, j + 1], values[i, j + 1]);
                if (!double.IsFinite(a + b + c + d)) continue;
                crossings.Clear();
                Cross(a, b, i, j, 1, 0);
                Cross(b, c, i + 1, j, 0, 1);
                Cross(d, c, i, j + 1, 1, 0);
                Cross(a, d, i, j, 0, 1);
                if (crossings.Count == 2) pieces.Add((crossings[0], crossings[1]));
                if (crossings.Count != 4) continue;

                // a saddle: the mean tells whether corners a and c are one side
                if ((a + b + c + d) / 4 >= level == a >= level) pieces.AddRange([(crossings[0], crossings[1]), (crossings[2], crossings[3])]);
                else pieces.AddRange([(crossings[0], crossings[3]), (crossings[1], crossings[2])]);
            }
        }

        return new(level, pieces);

        void Cross(double from, double to, int i, int j, int right, int up)
        {
            if (from >= level == to >= level) return;
            var part = (level - from) / (to - from);
            crossings.Add(new(
                frame.Left + frame.Width * (i + part * right) / (columns - 1),
                frame.Bottom + frame.Height * (j + part * up) / (rows - 1)));
        }
    }
}

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

    /// <summary>A cell is halved where lines bend until it is at most this part of the picture.</summary>
    const double FinestPart = 1.0 / 1920;

    /// <summary>The lines of one level of values on a grid, straight within each cell.</summary>
    /// <param name="values">Values at the points of a grid, by column (horizontal) and row (vertical); where one is not finite there is no
    /// line.</param>
    /// <param name="frame">What the grid covers, its outer points on the edge.</param>
    /// <param name="level">The level.</param>
    internal static ContourLevel Of(double[,] values, Frame frame, double level) => new ContourGrid(values, frame).Of(level);

    /// <summary>The lines of the levels of a function, evaluated again where lines bend.</summary>
    /// <param name="values">Its values at the points of a grid.</param>
    /// <param name="frame">What the grid covers.</param>
    /// <param name="levels">The levels, ascending.</param>
    /// <param name="value">The function; null when no evaluation is left.</param>
    internal static IReadOnlyList<ContourLevel> Of(double[,] values, Frame frame, IReadOnlyList<double> levels, Func<Dot, double?> value)
    {
        var cells = int.Min(values.GetLength(0), values.GetLength(1)) - 1;
        var grid = new ContourGrid(values, frame, int.Max(0, (int)double.Ceiling(-double.Log2(FinestPart * cells))));
        grid.Refine(levels, value);
        return [.. levels.Select(grid.Of)];
    }
}

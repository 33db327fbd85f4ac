namespace PhysOpt.Pictures;

/// <summary>The part of the plane that a picture shows.</summary>
internal readonly record struct Frame(double Left, double Right, double Bottom, double Top)
{
    /// <summary>What lies beyond the outermost points, as a part of the whole.</summary>
    const double Margin = 0.06;

    internal double Width => Right - Left;

    internal double Height => Top - Bottom;

    /// <summary>True for a point within or on the edge.</summary>
    internal bool Contains(Dot dot) => dot.Horizontal >= Left && dot.Horizontal <= Right && dot.Vertical >= Bottom && dot.Vertical <= Top;

    /// <summary>The smallest frame around the points, with a margin; around a single value there is room of its own size.</summary>
    internal static Frame Around(IEnumerable<Dot> dots)
    {
        var (left, right, bottom, top) = (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity,
            double.NegativeInfinity);
        foreach (var (horizontal, vertical) in dots)
        {
            (left, right) = (double.Min(left, horizontal), double.Max(right, horizontal));
            (bottom, top) = (double.Min(bottom, vertical), double.Max(top, vertical));
        }

        (left, right) = Widened(left, right);
        (bottom, top) = Widened(bottom, top);
        return new(left, right, bottom, top);
    }

    static (double Low, double High) Widened(double low, double high)
    {
        if (low > high) return (0, 1);
        var scale = double.Max(double.Abs(low), double.Abs(high));
        // halves first: the difference of the largest numbers overflows
        var margin = high - low > 1e-12 * scale ? 2 * Margin * (high / 2 - low / 2) : scale > 0 ? 0.5 * scale : 0.5;
        return (double.Max(low - margin, -double.MaxValue / 4), double.Min(high + margin, double.MaxValue / 4));
    }
}

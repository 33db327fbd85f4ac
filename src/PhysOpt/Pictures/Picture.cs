namespace PhysOpt.Pictures;

/// <summary>A picture as numbers: what is drawn where, in units of its axes. Who draws it, and on what, is another matter.</summary>
internal sealed record Picture
{
    /// <summary>What stands above.</summary>
    internal required string Title { get; init; }

    /// <summary>What the horizontal axis shows.</summary>
    internal required string HorizontalLabel { get; init; }

    /// <summary>What the vertical axis shows.</summary>
    internal required string VerticalLabel { get; init; }

    /// <summary>What is within the axes.</summary>
    internal required Frame Frame { get; init; }

    /// <summary>True where vertical values are decimal logarithms.</summary>
    internal bool IsLogarithmic { get; init; }

    /// <summary>True where horizontal values are decimal logarithms.</summary>
    internal bool IsLogarithmicAcross { get; init; }

    /// <summary>True where horizontal values between whole numbers mean nothing.</summary>
    internal bool CountsHorizontally { get; init; }

    /// <summary>True where vertical values between whole numbers mean nothing.</summary>
    internal bool CountsVertically { get; init; }

    /// <summary>The runs.</summary>
    internal IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>Single points: starts and solutions.</summary>
    internal IReadOnlyList<Mark> Marks { get; init; } = [];

    /// <summary>Where the loss is the same, level by level from the lowest; none unless asked for.</summary>
    internal IReadOnlyList<ContourLevel> Contours { get; init; } = [];

    /// <summary>The state over the iterations in colours; null unless asked for.</summary>
    internal HeatMap? HeatMap { get; init; }
}

/// <summary>A point in units of the axes.</summary>
internal readonly record struct Dot(double Horizontal, double Vertical)
{
    /// <summary>True for a point that can be drawn.</summary>
    internal bool IsFinite => double.IsFinite(Horizontal) && double.IsFinite(Vertical);
}

/// <summary>Points of one run in their order.</summary>
/// <param name="Label">What the legend calls it; null where another curve stands for it there.</param>
/// <param name="Method">The method, or null where the curve is none's.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Dots">The points, all finite.</param>
/// <param name="Line">How they are joined.</param>
/// <param name="Marker">How they are shown.</param>
internal sealed record Curve(string? Label, string? Method, Colour Colour, IReadOnlyList<Dot> Dots, LinePattern Line, MarkerShape Marker);

/// <summary>A single point of its own meaning.</summary>
internal sealed record Mark(MarkKind Kind, Dot At);

/// <summary>The lines on which a function has one value, as segments.</summary>
internal sealed record ContourLevel(double Value, IReadOnlyList<(Dot From, Dot To)> Segments);

/// <summary>Values in colours: a row for each iteration from the first, a column for each component.</summary>
internal sealed record HeatMap(double[,] Values);

/// <summary>How the points of a curve are joined.</summary>
internal enum LinePattern
{
    None,
    Solid,
    Dashed,
    Dotted,
    DashDotted,
}

/// <summary>How the points of a curve are shown.</summary>
internal enum MarkerShape
{
    None,
    Circle,
    Square,
    Triangle,
    Diamond,
    Star,
}

/// <summary>What a single point means.</summary>
internal enum MarkKind
{
    Start,
    Solution,
    SolutionInY,
}

namespace PhysOpt.Pictures;

/// <summary>What a picture is to show.</summary>
internal sealed record PictureOptions
{
    /// <summary>
    /// From so many components on, x is shown as values on a grid unless something else is asked for: more than have columns of their own.
    /// </summary>
    internal const int LongState = IterationRecord.MaximumComponentColumns + 1;

    /// <summary>The space; null for the one that the other options speak of, or else x, or the state where x is long.</summary>
    internal PlotSpace? Space { get; init; }

    /// <summary>The components of x or y, one or two, counted from 0; null for the first two.</summary>
    internal IReadOnlyList<int>? Components { get; init; }

    /// <summary>What the loss is shown against; null for iterations.</summary>
    internal PlotAgainst? Against { get; init; }

    /// <summary>The loss around the runs, for two variables as contours, for one as a curve.</summary>
    internal bool ShowsContours { get; init; }

    /// <summary>The state over the iterations in colours, instead of a line per iteration.</summary>
    internal bool ShowsHeatMap { get; init; }

    /// <summary>Points that are not joined.</summary>
    internal bool ShowsPointsOnly { get; init; }

    /// <summary>The title; null for the problem's name.</summary>
    internal string? Title { get; init; }
}

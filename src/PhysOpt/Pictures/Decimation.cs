namespace PhysOpt.Pictures;

/// <summary>Fewer points that look the same.</summary>
/// <remarks>
/// The points are cut into groups of their order; of each stay the first, the last and the outermost in both directions.
/// U. Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 7 (2014), for both axes.
/// </remarks>
internal static class Decimation
{
    /// <summary>What stays of a group at most.</summary>
    const int PerGroup = 6;

    /// <summary>
    /// At most so many of the points, in their order, the first and the last and the outermost among them; all where they are no more.
    /// </summary>
    /// <param name="dots">The points.</param>
    /// <param name="limit">At least 6.</param>
    internal static IReadOnlyList<Dot> Of(IReadOnlyList<Dot> dots, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, PerGroup);
        if (dots.Count <= limit) return dots;
        var groups = limit / PerGroup;
        var kept = new List<Dot>(limit);
        for (var group = 0; group < groups; group++)
        {
            var (from, to) = ((int)((long)dots.Count * group / groups), (int)((long)dots.Count * (group + 1) / groups) - 1);
            var (left, right, bottom, top) = (from, from, from, from);
            for (var i = from + 1; i <= to; i++)
            {
                if (dots[i].Horizontal < dots[left].Horizontal) left = i;
                if (dots[i].Horizontal > dots[right].Horizontal) right = i;
                if (dots[i].Vertical < dots[bottom].Vertical) bottom = i;
                if (dots[i].Vertical > dots[top].Vertical) top = i;
            }

            kept.AddRange(new SortedSet<int> { from, left, right, bottom, top, to }.Select(index => dots[index]));
        }

        return kept;
    }
}

/// <summary>Some of many items that come one after another, evenly spaced: whenever there are too many, every second one goes.</summary>
internal sealed class Thinned<T>(int limit)
{
    readonly List<T> kept = [];
    int stride = 1;
    int count;
    T? last;

    /// <summary>Takes in the next item.</summary>
    internal void Add(T item)
    {
        if (count++ % stride == 0) kept.Add(item);
        last = item;
        if (kept.Count <= limit) return;
        stride *= 2;
        var evenly = kept.Where((_, index) => index % 2 == 0).ToList();
        kept.Clear();
        kept.AddRange(evenly);
    }

    /// <summary>Evenly spaced ones, the first among them.</summary>
    internal IReadOnlyList<T> Evenly => kept;

    /// <summary>Those, and the last.</summary>
    internal IReadOnlyList<T> All => count == 0 || (count - 1) % stride == 0 ? kept : [.. kept, last!];
}

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// Where a search by values is: where it began and the values that it was told since. That is enough to make the search again, wherever a
/// run is resumed.
/// </summary>
/// <remarks>
/// A model takes O(n^2) numbers, and a state for each record would keep one; a value is one number. The search itself goes on to the state
/// that comes next. Whoever resumes at an earlier one repeats it, in O(n^2) per value and without an evaluation: its arithmetic gives the
/// same bits.
/// </remarks>
internal sealed class SearchTrail
{
    readonly Point start;
    readonly Told? newest;
    IValueSearch? search; // until somebody takes it: it can go on in one direction only

    /// <param name="start">The point where the search begins.</param>
    internal SearchTrail(Point start) => this.start = start;

    SearchTrail(Point start, Told? newest, IValueSearch search) => (this.start, this.newest, this.search) = (start, newest, search);

    /// <summary>A value, and those before it.</summary>
    sealed record Told(double Value, Told? Before);

    /// <summary>The next point that is lower, and the trail there; without a point why there is none.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="least">The least value so far.</param>
    /// <param name="begin">Makes the search that begins at a point.</param>
    internal (Point? Lower, SearchTrail Trail, IValueSearch Search) Advance(
        IObjective f, double least, Func<Point, IValueSearch> begin)
    {
        var (going, told) = (Interlocked.Exchange(ref search, null) ?? Repeated(begin(start)), newest);
        while (going.Next() is { } x)
        {
            var trial = f.At(x);
            going.Tell(trial.Value);
            told = new(trial.Value, told);
            if (trial.Value < least) return (trial, new(start, told, going), going);
        }

        return (null, this, going);
    }

    IValueSearch Repeated(IValueSearch again)
    {
        var values = new Stack<double>();
        for (var each = newest; each is not null; each = each.Before) values.Push(each.Value);
        foreach (var value in values)
        {
            again.Next();
            again.Tell(value);
        }

        return again;
    }
}

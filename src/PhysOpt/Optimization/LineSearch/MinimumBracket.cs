using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.LineSearch;

/// <summary>A value of a function of one variable.</summary>
/// <param name="X">x.</param>
/// <param name="Value">f(x); infinite where it has none. NaN where it was never asked for.</param>
internal readonly record struct Sample(double X, double Value);

/// <summary>
/// An interval in which a function of one variable has a local minimum, the three lowest values in it, and the rule for the next point:
/// the minimum of the parabola through them, or a golden section of the longer side.
/// </summary>
/// <remarks>
/// <para>Brent (1973), "Algorithms for Minimization Without Derivatives", chapter 5. A parabola is believed only where its step is shorter
/// than half the one before the last: there are at most 2 log2(w/tol) of them in a row before a golden section, where w is the width of
/// the interval and tol the shortest step.</para>
/// <para>Beside Brent's rule, a side whose end was never asked for, a bound, is not cut in one go: steps towards it grow from a first one,
/// so that the nearer minimum is found first, and a bound far away costs little.</para>
/// </remarks>
internal sealed record MinimumBracket
{
    static readonly double golden = (3 - double.Sqrt(5)) / 2; // of the side that is cut

    const double Growth = 2; // of a step, beside the largest distance of the three points
    const double FarAhead = 10; // steps, that a parabola may lead beyond one towards a bound
    const int MostMoves = 4; // one way, before steps towards a bound grow whatever a parabola says

    /// <summary>The lower end; NaN is its value while it is a bound that was never asked for.</summary>
    internal required Sample Lower { get; init; }

    /// <summary>The upper end.</summary>
    internal required Sample Upper { get; init; }

    /// <summary>The lowest value.</summary>
    internal required Sample Best { get; init; }

    /// <summary>The second lowest one; the best one again where there is no other.</summary>
    internal Sample Second { get; private init; }

    /// <summary>The third lowest one, or an earlier second.</summary>
    internal Sample Third { get; private init; }

    /// <summary>The highest value that the lower end has had; minus infinity where it was never asked for.</summary>
    internal double HighestBelow { get; private init; } = double.NegativeInfinity;

    /// <summary>The highest value that the upper end has had.</summary>
    internal double HighestAbove { get; private init; } = double.NegativeInfinity;

    /// <summary>How often in a row the best point has moved one way, and from where.</summary>
    int Moves { get; init; }

    double MovesFrom { get; init; }

    double Last { get; init; } // the last step

    double BeforeLast { get; init; } // the one before, or the side of a golden section

    /// <summary>The interval between two bounds with one value in it.</summary>
    internal static MinimumBracket Of(double lower, double upper, Sample start) => new()
    {
        Lower = start.X == lower ? start : new(lower, double.NaN),
        Upper = start.X == upper ? start : new(upper, double.NaN),
        Best = start,
        Second = start,
        Third = start,
    };

    double Middle => Lower.X / 2 + Upper.X / 2;

    /// <summary>The longer side: its end minus the best point.</summary>
    double LongerSide => Best.X < Middle ? Upper.X - Best.X : Lower.X - Best.X;

    /// <summary>The end that the best point has moved towards several times, where it was never asked for; null for none.</summary>
    Sample? OpenEndAhead(int moves) =>
        Moves >= moves && (Best.X > MovesFrom ? Upper : Lower) is { Value: double.NaN } end ? end : null;

    /// <summary>True where both ends lie within a distance of the best point.</summary>
    internal bool IsWithin(double distance) => double.Abs(LongerSide) <= distance;

    /// <summary>True where the best point is an end: a bound.</summary>
    internal bool IsAtEnd => Best.X == Lower.X || Best.X == Upper.X;

    /// <summary>The end on the longer side of the best point.</summary>
    internal Sample FartherEnd => Best.X < Middle ? Upper : Lower;

    /// <summary>How much higher the function is at the ends than at the best point; 0 where that is the end.</summary>
    internal (double Below, double Above) Rises => (Lower.Value - Best.Value, Upper.Value - Best.Value);

    /// <summary>An end beside the best point that was never asked for; null where there is none.</summary>
    internal double? UntriedEnd => double.IsNaN(Lower.Value) ? Lower.X : double.IsNaN(Upper.Value) ? Upper.X : null;

    /// <summary>
    /// The bound that the best point has moved towards, without a sign of a minimum before it: worth asking for at once; null for none.
    /// </summary>
    internal double? BoundAhead()
    {
        if (OpenEndAhead(2) is not { } end) return null;
        var step = Parabola();
        var reach = end.X - Best.X;
        // where the function is no parabola upwards, what is left has to be less than what has come
        return double.IsNaN(step) ? (double.Abs(reach) <= double.Abs(Best.X - MovesFrom) ? end.X : null)
            : step / reach >= 1 ? end.X : null;
    }

    /// <summary>The next point, and the bracket that has gone there.</summary>
    /// <param name="tolerance">The shortest step.</param>
    /// <param name="first">The first step, where nothing else tells a length.</param>
    internal (double To, MinimumBracket After) Next(double tolerance, double first)
    {
        var (x, below, above) = (Best.X, Lower.X, Upper.X);
        var isDrawn = OpenEndAhead(MostMoves) is not null; // as exp(-x) does
        var step = !isDrawn && double.Abs(BeforeLast) > tolerance ? Parabola() : double.NaN;
        var after = this;
        if (double.Abs(step) < double.Abs(BeforeLast) / 2 && x + step > below && x + step < above)
        {
            after = this with { Last = step, BeforeLast = Last };
            if (x + step - below < 2 * tolerance || above - (x + step) < 2 * tolerance) step = double.CopySign(tolerance, LongerSide);
        }
        else
        {
            var side = LongerSide;
            step = golden * side;
            var spread = double.Max(double.Abs(Second.X - x), double.Abs(Third.X - x));
            var most = isDrawn ? double.Abs(x - MovesFrom) : spread > 0 ? Growth * spread : first;
            if (double.IsNaN(FartherEnd.Value) && double.Abs(step) > most)
                (step, side) = (double.CopySign(most, side), double.CopySign(2 * FarAhead * most, side));
            after = this with { Last = step, BeforeLast = side };
        }

        if (double.Abs(step) < tolerance) step = double.CopySign(tolerance, step);
        return (double.Clamp(x + step, below, above), after);
    }

    /// <summary>A point a short step inwards from the best one, at an end.</summary>
    internal double Beside(double step) => Best.X + double.CopySign(step, LongerSide);

    /// <summary>The bracket after a value in it is known, or that of one of its ends.</summary>
    /// <param name="found">The value.</param>
    internal MinimumBracket With(Sample found)
    {
        if (found.X == Lower.X || found.X == Upper.X)
        {
            var atEnd = found.X == Lower.X ? this with { Lower = found } : this with { Upper = found };
            return found.Value < Best.Value ? atEnd.WithBest(found) : atEnd.WithHighest();
        }

        // towards a bound a level stretch is walked on, for the function may fall behind it
        if (found.Value < Best.Value || (found.Value == Best.Value && double.IsNaN((found.X < Best.X ? Lower : Upper).Value)))
            return WithBest(found);
        var cut = found.X < Best.X ? this with { Lower = found } : this with { Upper = found };
        cut = found.Value <= Second.Value || Second.X == Best.X ? cut with { Third = Second, Second = found }
            : found.Value <= Third.Value || Third.X == Best.X || Third.X == Second.X ? cut with { Third = found }
            : cut;
        return cut.WithHighest();
    }

    MinimumBracket WithBest(Sample found)
    {
        var goesOn = Moves > 0 && found.X > Best.X == Best.X > MovesFrom;
        return ((found.X < Best.X ? this with { Upper = Best } : this with { Lower = Best }) with
        {
            Third = Second,
            Second = Best,
            Best = found,
            Moves = goesOn ? Moves + 1 : 1,
            MovesFrom = goesOn ? MovesFrom : Best.X,
        }).WithHighest();
    }

    MinimumBracket WithHighest() => this with
    {
        HighestBelow = Highest(HighestBelow, Lower),
        HighestAbove = Highest(HighestAbove, Upper),
    };

    static double Highest(double before, Sample end) => double.IsNaN(end.Value) ? before : double.Max(before, end.Value);

    /// <summary>
    /// From the best point to the minimum of the parabola through the three points, in units of x; NaN where it has none. With h and g the
    /// distances and rises of the other two, (h1^2 g2 - h2^2 g1) / (2 (h1 g2 - h2 g1)), each in parts of the larger one.
    /// </summary>
    double Parabola()
    {
        var (h1, h2) = (Second.X - Best.X, Third.X - Best.X);
        var (g1, g2) = (Second.Value - Best.Value, Third.Value - Best.Value);
        var (length, height) = (double.Max(double.Abs(h1), double.Abs(h2)), double.Max(g1, g2));
        if (!(height > 0 && double.IsFinite(height)) || h1 == 0 || h2 == 0 || h1 == h2) return double.NaN;
        (h1, h2, g1, g2) = (h1 / length, h2 / length, g1 / height, g2 / height);
        var slopes = h1 * g2 - h2 * g1; // h1 h2 (h2 - h1) times the curvature
        if (!(slopes / (h1 * h2 * (h2 - h1)) > Precision.MachineEpsilon)) return double.NaN;
        return length * ((h1 * h1 * g2 - h2 * h2 * g1) / (2 * slopes));
    }
}

namespace PhysOpt.Optimization;

/// <summary>The points around one at which a run would end. What one test has asked there, the next need not ask again.</summary>
/// <param name="f">The objective.</param>
/// <param name="at">The point, with its gradient.</param>
internal sealed class NearbyPoints(IObjective f, Point at)
{
    const int MostVariables = 100; // beyond, the points would take much memory, and the tests ask along few directions

    readonly Dictionary<Vector, Point> asked = new() { [at.X] = at };

    /// <summary>The objective.</summary>
    internal IObjective Objective => f;

    /// <summary>The point in the middle.</summary>
    internal Point Middle => at;

    /// <summary>The point next to x within the bounds.</summary>
    /// <param name="x">Variables.</param>
    internal Point At(Vector x)
    {
        x = f.Project(x);
        if (asked.TryGetValue(x, out var known)) return known;
        var point = f.At(x);
        if (x.Count <= MostVariables) asked[x] = point;
        return point;
    }
}

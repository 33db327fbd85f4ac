namespace PhysOpt.Problems;

/// <summary>The name that was probably meant by one with a slip of the keyboard.</summary>
internal static class NearestName
{
    /// <summary>
    /// The name that takes the fewest changes of a letter; null where all take more than a third of their letters.
    /// </summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">What it may have been meant to be.</param>
    internal static string? Of(string typed, IEnumerable<string> names) => names
        .Select(name => (Name: name, Changes: Changes(typed.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(each => each.Changes <= int.Max(1, int.Max(each.Name.Length, typed.Length) / 3) && each.Changes < each.Name.Length)
        .OrderBy(each => each.Changes)
        .Select(each => each.Name)
        .FirstOrDefault();

    /// <summary>"Did you mean ...?", with a blank before it; empty where no name is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">What it may have been meant to be.</param>
    internal static string Question(string typed, IEnumerable<string> names) =>
        Of(typed, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>
    /// Letters to insert, leave out, replace, or exchange with their neighbour (optimal string alignment).
    /// </summary>
    static int Changes(string a, string b)
    {
        var costs = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) costs[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) costs[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                costs[i, j] = int.Min(replaced, int.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) costs[i, j] = int.Min(costs[i, j],
                    costs[i - 2, j - 2] + 1);
            }
        }

        return costs[a.Length, b.Length];
    }
}

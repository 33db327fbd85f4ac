using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Which columns of rows hold the components of x and y.</summary>
internal sealed class RowColumns
{
    // of remote sessions and jobs
    static readonly string[] Foreign = ["PSComputerName", "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId"];
    readonly string[] all;
    VariableNames? names;

    /// <summary>The columns of a row like others.</summary>
    internal RowColumns(PSObject row)
    {
        all = [.. NamesOf(row)];
        X = [.. all.Where(name => !ComponentColumns.IsReserved(name) && !Foreign.Contains(name, StringComparer.OrdinalIgnoreCase)
            && !IsOf('Y', name))];
        string[] sorted = [.. X.OrderBy(Index)];
        if (AreStandard(sorted)) X = sorted;
        Y = [.. all.Where(name => IsOf('Y', name)).OrderBy(Index)];
    }

    /// <summary>
    /// The columns that may be those of x: X0, X1, ... in their order, or, where variables have names, all that are no
    /// property of a record.
    /// </summary>
    internal IReadOnlyList<string> X { get; }

    /// <summary>The columns Y0, Y1, ... in their order.</summary>
    internal IReadOnlyList<string> Y { get; }

    /// <summary>True for a row with the same columns.</summary>
    internal bool Fit(PSObject row) => NamesOf(row).SequenceEqual(all);

    /// <summary>The names of the variables, n of them; null where they have none.</summary>
    internal VariableNames? Names(int count)
    {
        if (names is null && !AreStandard(X.Take(count))) names = new(X.Take(count));
        return names;
    }

    static IEnumerable<string> NamesOf(PSObject row) => row.Properties.Select(property => property.Name);

    /// <summary>True for X0, X1, ... without a gap; x1, x2 are names.</summary>
    static bool AreStandard(IEnumerable<string> columns) => !columns.Where((name, i) => !IsOf('X', name) || Index(name) != i).Any();

    static bool IsOf(char letter, string name) => ComponentColumns.IsStandard(name, out var found, out _) && found == letter;

    static int Index(string name) => ComponentColumns.IsStandard(name, out _, out var index) ? index : 0;
}

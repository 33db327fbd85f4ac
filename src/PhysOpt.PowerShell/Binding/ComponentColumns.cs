using System.Globalization;
using System.Runtime.CompilerServices;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// The columns of the components of x and y: X0, X1, ... or the names of the variables, and Y0, Y1, ....
/// </summary>
/// <remarks>
/// A variable whose name means something else on a record or result (loss, step, y0) keeps the column X0, X1, ... of
/// its place, so that nothing is hidden.
/// </remarks>
internal static class ComponentColumns
{
    static readonly ConditionalWeakTable<VariableNames, string[]> Named = [];

    /// <summary>
    /// What records and results call their own, whatever type they are: a variable has the same column on all of them.
    /// </summary>
    static readonly Lazy<HashSet<string>> Reserved = new(() => new(
        new[] { typeof(IterationRecord), typeof(OptimizationResult), typeof(NumericInverseResult), typeof(TrajectorySummary),
            typeof(OptimizerComparison) }
            .SelectMany(type => type.GetMembers()).Select(member => member.Name)
            .Concat(["psobject", "psbase", "psadapted", "psextended", "pstypenames"]),
        StringComparer.OrdinalIgnoreCase));

    /// <summary>A component of x, or of y.</summary>
    internal readonly record struct Place(bool OfY, int Index);

    /// <summary>The columns, in their order; none of a vector that is too long for them.</summary>
    internal static IEnumerable<(string Name, Place Place)> Of(IComponents source)
    {
        for (var i = 0; i < CountOf(source.X); i++) yield return (NameOfX(source, i), new(false, i));
        for (var i = 0; i < CountOf(source.Y); i++) yield return (Standard('Y', i), new(true, i));
    }

    /// <summary>The column of that name, in any case of letters; null where there is none.</summary>
    internal static (string Name, Place Place)? Find(IComponents source, string name)
    {
        if (source.Variables is { } variables)
        {
            var index = Array.FindIndex(Columns(variables), column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (index >= 0 && index < CountOf(source.X)) return (NameOfX(source, index), new(false, index));
        }

        if (!IsStandard(name, out var letter, out var i)) return null;
        var ofY = letter == 'Y';
        if (i >= CountOf(ofY ? source.Y : source.X)) return null;
        var standard = Standard(letter, i);
        return ofY || NameOfX(source, i) == standard ? (standard, new(ofY, i)) : null;
    }

    /// <summary>The columns of named variables, in the order of x.</summary>
    internal static string[] Columns(VariableNames variables) => Named.GetValue(variables, static names =>
    {
        string[] columns = [.. names.Select((name, i) => Reserved.Value.Contains(name) || IsStandard(name, out var letter, out _)
            && letter == 'Y' ? Standard('X', i) : name)];
        // a variable x1 has its own name as long as no other has the column X1
        while (Array.FindIndex(columns, column =>
            columns.Count(other => other.Equals(column, StringComparison.OrdinalIgnoreCase)) > 1) is >= 0 and var twice)
        {
            var same = columns[twice];
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i].Equals(same, StringComparison.OrdinalIgnoreCase)) columns[i] = Standard('X', i);
            }
        }

        return columns;
    });

    /// <summary>True for a column such as X0 or Y12.</summary>
    internal static bool IsStandard(string name, out char letter, out int index)
    {
        (letter, index) = (name.Length > 0 ? char.ToUpperInvariant(name[0]) : ' ', 0);
        return name.Length is > 1 and < 9 && letter is 'X' or 'Y'
            && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && (name[1] != '0' || name.Length == 2);
    }

    /// <summary>True for what records and results call their own.</summary>
    internal static bool IsReserved(string name) => Reserved.Value.Contains(name);

    static string NameOfX(IComponents source, int index) =>
        source.Variables is { } variables && index < variables.Count ? Columns(variables)[index] : Standard('X', index);

    static string Standard(char letter, int index) => letter + index.ToString(CultureInfo.InvariantCulture);

    static int CountOf(Vector? vector) => vector is { Count: <= IterationRecord.MaximumComponentColumns } ? vector.Count : 0;
}

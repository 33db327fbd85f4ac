using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks;

/// <summary>The variables that a script block takes from its surroundings, as they were when it was recorded: a record holds their values as constants.</summary>
internal sealed class CapturedVariables
{
    const int LargestDepth = 4;

    readonly SessionState session;
    readonly (string Name, PSVariable? Variable, object? Value, object? Contents)[] variables;

    internal CapturedVariables(BlockSource source, TraceFlow flow)
    {
        session = source.Session;
        string[] names =
        [
            .. source.Scripts.SelectMany(TraceFlow.All<VariableExpressionAst>)
                .Where(variable => flow.IsCaptured(variable) && !TraceFlow.IsAutomatic(variable) && !variable.VariablePath.IsDriveQualified)
                .Select(variable => variable.VariablePath.UserPath)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        variables = [.. names.Select(name => (name, session.PSVariable.Get(name))).Select(each => (each.name, each.Item2, Plain(each.Item2?.Value), Copy(Plain(each.Item2?.Value), 0)))];
    }

    /// <summary>Their names.</summary>
    internal IEnumerable<string> Names => variables.Select(variable => variable.Name);

    /// <summary>True where a variable has been given another value since; what is inside of lists is not looked at.</summary>
    internal bool WereAssigned()
    {
        foreach (var (_, variable, value, _) in variables)
        {
            var now = Plain(variable?.Value);
            if (!ReferenceEquals(now, value) && !(now is ValueType or string && now.Equals(value))) return true;
        }

        return false;
    }

    /// <summary>True where a variable, or a number in a list or hashtable of one, is another one now.</summary>
    internal bool HaveChanged() =>
        variables.Any(each => !Same(Plain(session.PSVariable.Get(each.Name)?.Value), each.Contents, 0));

    static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The contents of lists and hashtables of numbers, copied, as deep as it goes.</summary>
    static object? Copy(object? value, int depth) => value switch
    {
        double[] numbers => numbers.Clone(),
        IDictionary table when depth < LargestDepth => table.Keys.Cast<object>().ToDictionary(key => key, key => Copy(Plain(table[key]), depth + 1)),
        Array { Rank: > 1 } or string => value is Array array ? array.Clone() : value,
        IList list when depth < LargestDepth => list.Cast<object?>().Select(item => Copy(Plain(item), depth + 1)).ToArray(),
        _ => value,
    };

    static bool Same(object? now, object? then, int depth) => (now, then) switch
    {
        (double[] a, double[] b) => a.AsSpan().SequenceEqual(b) || Equal(a, b),
        (IDictionary a, Dictionary<object, object?> b) =>
            a.Count == b.Count && b.All(entry => a.Contains(entry.Key) && Same(Plain(a[entry.Key]), entry.Value, depth + 1)),
        (Array { Rank: > 1 } a, Array b) => a.GetType() == b.GetType() && a.Length == b.Length && a.Cast<object?>().SequenceEqual(b.Cast<object?>()),
        (IList a, object?[] b) when depth < LargestDepth => a.Count == b.Length && !b.Where((item, i) => !Same(Plain(a[i]), item, depth + 1)).Any(),
        _ => Equals(now, then),
    };

    /// <summary>NaN is the same as NaN here.</summary>
    static bool Equal(double[] a, double[] b) => a.Length == b.Length && !a.Where((number, i) => !number.Equals(b[i])).Any();
}

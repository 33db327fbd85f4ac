using System.Management.Automation;
using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>The angle brackets in names: <c>adds &lt;a&gt; to &lt;b.Value&gt;</c>, and &lt;_&gt; for the item itself.</summary>
/// <remarks>A backtick before a bracket keeps it as it is. What is inside becomes a PowerShell expression after a dollar sign.</remarks>
public static partial class NameTemplate
{
    [GeneratedRegex("(?<!`)<([^>^`]+)>")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\w+")]
    private static partial Regex Identifier();

    /// <summary>A script block whose output is the name; null when there is nothing to fill in.</summary>
    public static ScriptBlock? Compile(string name) =>
        name.Contains('<', StringComparison.Ordinal) ? ScriptBlock.Create(AsString(name, _ => true)) : null;

    /// <summary>The name with what its data alone can fill in; the rest stays as written.</summary>
    public static string Expand(string name, IReadOnlyDictionary<string, object?> data)
    {
        if (data.Count == 0 || !name.Contains('<', StringComparison.Ordinal))
            return name;
        var script = ScriptBlock.Create(AsString(name, inner => data.ContainsKey(Identifier().Match(inner).Value)));
        var output = script.InvokeWithContext(null, [.. data.Select(d => new PSVariable(d.Key, d.Value))]);
        return output.Count == 1 ? output[0].ToString() : name;
    }

    static string AsString(string name, Func<string, bool> known)
    {
        var escaped = name.Replace("$", "`$", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal);
        return $"\"{Placeholder().Replace(escaped, m => known(m.Groups[1].Value) ? $"$(${m.Groups[1].Value})" : m.Value)}\"";
    }
}

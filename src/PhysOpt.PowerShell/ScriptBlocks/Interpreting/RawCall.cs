using System.Collections.Concurrent;
using System.Management.Automation;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Calls of methods that take traced numbers as they are: those of PhysOpt, and of collections, which only keep them.</summary>
internal static class RawCall
{
    static readonly ConcurrentDictionary<string, ScriptBlock> Scripts = new(StringComparer.Ordinal);

    /// <summary>target.name(arguments).</summary>
    internal static object? Instance(object target, string name, object?[] arguments) => Run(".", target, name, arguments);

    /// <summary>[type]::name(arguments).</summary>
    internal static object? Static(Type type, string name, object?[] arguments) => Run("::", type, name, arguments);

    static object? Run(string access, object target, string name, object?[] arguments)
    {
        var names = string.Join(", ", Enumerable.Range(0, arguments.Length).Select(i => $"$a[{i}]"));
        var script = Scripts.GetOrAdd($"{access}{arguments.Length}", _ =>
            ScriptBlock.Create(PlainScript.Strict($"param($r, $o, $n, $a) $r[0] = $o{access}$n({names})")));
        var result = new object?[1];
        _ = script.InvokeReturnAsIs(result, target, name, arguments);
        return Values.Seen(result[0]);
    }
}

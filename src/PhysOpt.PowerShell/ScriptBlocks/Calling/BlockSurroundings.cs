using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// What a script block takes from the session where it was made, for the other sessions in which it is called: variables, functions, and
/// what the blocks and functions among these take.
/// </summary>
/// <remarks>
/// Held are the variables and not their values, so that a value that is given later is seen. Names are looked up on the threads of the
/// session: when a problem is made, and when a run starts there. Where neither has happened, and for names that were not there then, the
/// thread that asks looks at what the session shows at that moment; reading does no harm to the session.
/// </remarks>
/// <param name="block">The block.</param>
internal sealed class BlockSurroundings(ScriptBlock block)
{
    static readonly string[] Preferences = ["ErrorActionPreference", "PSDefaultParameterValues"];
    volatile Contents? known;

    /// <summary>What a block takes, by name.</summary>
    /// <param name="Variables">Its variables; null for those that were not there.</param>
    /// <param name="Functions">Its functions, with the text that they had.</param>
    /// <param name="Blocks">The script blocks that are values of variables.</param>
    /// <param name="ReadsItem">Whether it reads $_.</param>
    internal sealed record Contents(
        IReadOnlyDictionary<string, (SessionState Session, PSVariable? Found)> Variables,
        IReadOnlyDictionary<string, (FunctionInfo Function, ScriptBlock Body)> Functions,
        IReadOnlySet<ScriptBlock> Blocks,
        bool ReadsItem);

    /// <summary>What the block takes.</summary>
    internal Contents Known => known ?? Read();

    /// <summary>Looks at the whole session, on one of its threads.</summary>
    internal Contents Read()
    {
        var variables = new Dictionary<string, (SessionState, PSVariable?)>(StringComparer.OrdinalIgnoreCase);
        var functions = new Dictionary<string, (FunctionInfo, ScriptBlock)>(StringComparer.OrdinalIgnoreCase);
        var blocks = new HashSet<ScriptBlock>(ReferenceEqualityComparer.Instance);
        var readsItem = false;
        var open = new Stack<BlockSource>([new(block)]);
        foreach (var name in Preferences) variables[name] = (open.Peek().Session, Find(open.Peek().Session, name));
        while (open.TryPop(out var source))
        {
            foreach (var (name, body) in source.Functions)
            {
                if (source.Resolve(name) is FunctionInfo function) functions.TryAdd(name, (function, body));
            }

            foreach (var variable in source.Scripts.SelectMany(VariableName.All<VariableExpressionAst>))
            {
                var name = variable.VariablePath.UserPath;
                readsItem |= name == "_" || name.Equals("PSItem", StringComparison.OrdinalIgnoreCase);
                if (variable.VariablePath.IsDriveQualified || VariableName.IsAutomatic(variable) || variables.ContainsKey(name)) continue;
                var found = Find(source.Session, name);
                variables[name] = (source.Session, found);
                if (BlockIn(found) is { } inner && blocks.Add(inner)) open.Push(new(inner, source.Session));
            }
        }

        return known = new(variables, functions, blocks, readsItem);
    }

    /// <summary>On a thread of the session, looks the known names up again: another call of a function has other variables.</summary>
    internal void Update()
    {
        if (known is not { } before) return;
        var variables = before.Variables.ToDictionary(
            each => each.Key, each => (each.Value.Session, Find(each.Value.Session, each.Key)), StringComparer.OrdinalIgnoreCase);
        known = before with { Variables = variables };
        var isOther = before.Functions.Values.Any(each => !ReferenceEquals(each.Function.ScriptBlock, each.Body))
            || variables.Values.Any(each => BlockIn(each.Item2) is { } inner && !before.Blocks.Contains(inner));
        if (isOther) Read();
    }

    static ScriptBlock? BlockIn(PSVariable? variable) => Binding.Numbers.Unwrap(variable?.Value) as ScriptBlock;

    /// <summary>A variable of a session; null where there is none, or none can be seen since the session is changing it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The name as it is written: k, script:k, variable:k.</param>
    internal static PSVariable? Find(SessionState session, string name)
    {
        const string Drive = "variable:"; // which a lookup would take for a part of the name
        try
        {
            return session.PSVariable.Get(name.StartsWith(Drive, StringComparison.OrdinalIgnoreCase) ? name[Drive.Length..] : name);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

using System.Collections;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A script block in a session that is not its own: the same compiled text, in a module with what it takes from its own.</summary>
/// <remarks>Objects are shared, as by $using:. Script blocks among the values are made again too.</remarks>
internal sealed class BlockCopy
{
    const string Mark = "Brought along by a script block of another session";
    /// <summary>A path of functions means those of the module whose code runs.</summary>
    static readonly ScriptBlock Define = ScriptBlock.Create(
        "param($name, $body) Set-Item -LiteralPath function:script:$name -Value $body -Verbose:$false -WhatIf:$false -Confirm:$false");

    readonly PSModuleInfo module = new(linkToGlobal: true);
    readonly Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ScriptBlock> functions = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<ScriptBlock, ScriptBlock> blocks = new(ReferenceEqualityComparer.Instance);

    /// <summary>Made on a thread of the session.</summary>
    internal BlockCopy(ScriptBlock block) => Block = module.NewBoundScriptBlock(block);

    /// <summary>The block, bound to the session.</summary>
    internal ScriptBlock Block { get; }

    /// <summary>Brings the variables and functions up to date.</summary>
    internal void Refresh(BlockSurroundings.Contents contents)
    {
        foreach (var (name, (session, found)) in contents.Variables)
        {
            var variable = found ?? BlockSurroundings.Find(session, name);
            if (variable is null && module.SessionState.PSVariable.Get(name) is null) continue; // nor is there one here
            var value = variable?.Value;
            if (values.TryGetValue(name, out var known) && Leaves.AreSame(value, known)) continue;
            values[name] = value;
            Set(name, Rebound(value));
        }

        foreach (var (name, (function, _)) in contents.Functions)
        {
            var body = function.ScriptBlock;
            if (functions.TryGetValue(name, out var known) && ReferenceEquals(body, known)) continue;
            functions[name] = body;
            module.NewBoundScriptBlock(Define).Invoke(name, Rebound(body));
        }

        if (contents.ReadsItem) Set("_", BlockSession.Here.PSVariable.GetValue("_")); // that of the pipeline around the call
    }

    void Set(string name, object? value)
    {
        var variables = module.SessionState.PSVariable;
        if (!name.StartsWith("global:", StringComparison.OrdinalIgnoreCase))
        {
            variables.Set("script:" + name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..], value);
            return;
        }

        if (variables.Get(name) is { } own && own.Description != Mark) return; // the session has one of its own
        variables.Set(name, value);
        variables.Get(name).Description = Mark;
    }

    object? Rebound(object? value) => Binding.Numbers.Unwrap(value) switch
    {
        ScriptBlock inner => Rebound(inner),
        IDictionary table and (Hashtable or System.Collections.Specialized.OrderedDictionary) when new Snapshot(value).HoldsCode =>
            Copied(table),
        object?[] list when new Snapshot(value).HoldsCode => list.Select(Rebound).ToArray(),
        PSCustomObject when new Snapshot(value).HoldsCode => Copied((PSObject)value!),
        _ => value,
    };

    ScriptBlock Rebound(ScriptBlock inner)
    {
        if (!blocks.TryGetValue(inner, out var bound)) blocks.Add(inner, bound = module.NewBoundScriptBlock(inner));
        return bound;
    }

    IDictionary Copied(IDictionary table)
    {
        IDictionary copy = table is Hashtable hashtable ? (Hashtable)hashtable.Clone()
            : new System.Collections.Specialized.OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table) copy[entry.Key] = Rebound(entry.Value);
        return copy;
    }

    PSObject Copied(PSObject custom)
    {
        var copy = custom.Copy();
        foreach (var property in copy.Properties.OfType<PSNoteProperty>()) property.Value = Rebound(property.Value);
        return copy;
    }
}

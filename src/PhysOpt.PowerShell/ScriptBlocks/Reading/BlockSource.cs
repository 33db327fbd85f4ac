using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>A script block with the user's own functions that it calls, and theirs: all the text that a trace goes through.</summary>
internal sealed class BlockSource
{
    readonly Dictionary<string, ScriptBlock> functions = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="block">The block.</param>
    /// <param name="session">Where a block made of text finds its variables; null for the session of this thread.</param>
    internal BlockSource(ScriptBlock block, SessionState? session = null)
    {
        Block = block;
        Session = BlockSession.Of(block) ?? session ?? BlockSession.Here;
        Follow(block.Ast);
    }

    /// <summary>The block itself.</summary>
    internal ScriptBlock Block { get; }

    /// <summary>Where the block finds its variables and commands.</summary>
    internal SessionState Session { get; }

    /// <summary>The functions by the names under which they are called.</summary>
    internal IReadOnlyDictionary<string, ScriptBlock> Functions => functions;

    /// <summary>All scripts: the block, then the functions.</summary>
    internal IReadOnlyList<Ast> Scripts => [Block.Ast, .. functions.Values.Select(function => function.Ast)];

    /// <summary>The command of a name; null where there is none.</summary>
    internal CommandInfo? Resolve(string name) => BlockSession.Resolve(Session, name);

    /// <summary>Takes up the functions that a script calls, as far as their variables are the block's own.</summary>
    void Follow(Ast script)
    {
        string[] local = [.. TraceFlow.All<FunctionDefinitionAst>(script).Select(function => function.Name)];
        foreach (var command in TraceFlow.All<CommandAst>(script))
        {
            if (command.GetCommandName() is not { } name || functions.ContainsKey(name) || CommandRules.IsPure(name)) continue;
            if (local.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (Resolve(name) is not FunctionInfo function || function.Module != Block.Module) continue;
            functions[name] = function.ScriptBlock;
            Follow(function.ScriptBlock.Ast);
        }
    }
}

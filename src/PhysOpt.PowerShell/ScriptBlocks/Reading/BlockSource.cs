using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>A script block with the session in which it finds its variables and commands.</summary>
internal sealed class BlockSource
{
    Dictionary<string, ScriptBlock>? functions;

    /// <param name="block">The block.</param>
    /// <param name="session">Where a block made of text finds its variables; null for the session of this thread.</param>
    internal BlockSource(ScriptBlock block, SessionState? session = null)
    {
        Block = block;
        Session = BlockSession.Of(block) ?? session ?? BlockSession.Here;
    }

    /// <summary>The block itself.</summary>
    internal ScriptBlock Block { get; }

    /// <summary>Where the block finds its variables and commands.</summary>
    internal SessionState Session { get; }

    /// <summary>The user's own functions that it calls, and that these call, by the names under which they are called.</summary>
    internal IReadOnlyDictionary<string, ScriptBlock> Functions => functions ??= Followed();

    /// <summary>All scripts: the block, then the functions.</summary>
    internal IReadOnlyList<Ast> Scripts => [Block.Ast, .. Functions.Values.Select(function => function.Ast)];

    /// <summary>The command of a name; null where there is none.</summary>
    internal CommandInfo? Resolve(string name) => BlockSession.Resolve(Session, name);

    Dictionary<string, ScriptBlock> Followed()
    {
        var found = new Dictionary<string, ScriptBlock>(StringComparer.OrdinalIgnoreCase);
        Follow(Block.Ast);
        return found;

        void Follow(Ast script)
        {
            string[] local = [.. VariableName.All<FunctionDefinitionAst>(script).Select(function => function.Name)];
            foreach (var command in VariableName.All<CommandAst>(script))
            {
                if (command.GetCommandName() is not { } name || found.ContainsKey(name)) continue;
                if (local.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
                if (Resolve(name) is not FunctionInfo function || function.Module != Block.Module) continue;
                found[name] = function.ScriptBlock;
                Follow(function.ScriptBlock.Ast);
            }
        }
    }
}

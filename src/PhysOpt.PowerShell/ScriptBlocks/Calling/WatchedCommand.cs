using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A name under which a block calls a command, and what it stood for when it was first called.</summary>
internal sealed class WatchedCommand
{
    readonly SessionState session;
    readonly string name;

    internal WatchedCommand(SessionState session, string name)
    {
        (this.session, this.name) = (session, name);
        Command = BlockSession.Resolve(session, name);
        Body = (Command as FunctionInfo)?.ScriptBlock;
    }

    /// <summary>The command, through aliases; null where there was none.</summary>
    internal CommandInfo? Command { get; }

    /// <summary>What the function was: it is given another text in place.</summary>
    internal ScriptBlock? Body { get; }

    /// <summary>True where the name stands for something else now: another command, another text, or nothing.</summary>
    internal bool HasChanged() => BlockSession.Resolve(session, name) switch
    {
        FunctionInfo function => Body is null || !(ReferenceEquals(function.ScriptBlock, Body)
            || (ReferenceEquals(function.Module, Command!.Module) && Leaves.AreSame(function.ScriptBlock.Ast, Body.Ast))),
        CmdletInfo cmdlet => (Command as CmdletInfo)?.ImplementingType != cmdlet.ImplementingType,
        var other => other?.GetType() != Command?.GetType() || other?.Definition != Command?.Definition,
    };
}

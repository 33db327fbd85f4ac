using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>The session that a script block belongs to, and what names stand for there, whoever calls it from wherever.</summary>
internal static class BlockSession
{
    const BindingFlags Members = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance;

    /// <summary>What PowerShell has bound a block to, which it does not show: nothing for a block made of text.</summary>
    static readonly PropertyInfo? Bound = typeof(ScriptBlock).GetProperty("SessionStateInternal", Members);

    /// <summary>Commands are looked up for the module whose code runs, and not for the session that is asked.</summary>
    static readonly ScriptBlock Lookup = ScriptBlock.Create(
        "param($name) $ExecutionContext.InvokeCommand.GetCommand($name, [System.Management.Automation.CommandTypes]::All)");

    static readonly ConditionalWeakTable<PSModuleInfo, ScriptBlock> Lookups = [];

    /// <summary>The session that runs on this thread now.</summary>
    internal static SessionState Here =>
        ((EngineIntrinsics)((PSObject)ScriptBlock.Create("$ExecutionContext").InvokeReturnAsIs()).BaseObject).SessionState;

    /// <summary>Where a block finds its variables; null for one made of text, which has the session of its caller.</summary>
    internal static SessionState? Of(ScriptBlock block) =>
        block.Module?.SessionState ?? Property(Bound?.GetValue(block), "PublicSessionState") as SessionState;

    /// <summary>Where a block can be called; null for one made of text, which can be called anywhere.</summary>
    internal static Runspace? RunspaceOf(ScriptBlock block) =>
        Property(Property(Bound?.GetValue(block), "ExecutionContext"), "CurrentRunspace") as Runspace;

    /// <summary>The command that a name stands for in a session, through aliases; null where there is none.</summary>
    internal static CommandInfo? Resolve(SessionState session, string name)
    {
        var command = session.Module is { } module
            ? Numbers.Unwrap(Lookups.GetValue(module, each => each.NewBoundScriptBlock(Lookup)).InvokeReturnAsIs(name)) as CommandInfo
            : session.InvokeCommand.GetCommand(name, CommandTypes.All);
        return command is AliasInfo alias ? alias.ResolvedCommand ?? command : command;
    }

    /// <summary>What an alias stands for; null for a name that is none. Asked in this way PowerShell searches no modules.</summary>
    internal static string? AliasOf(SessionState session, string name) =>
        session.InvokeProvider.Item.Exists("Alias:" + name, force: false, literalPath: true)
            ? (session.InvokeCommand.GetCommand(name, CommandTypes.Alias) as AliasInfo)?.Definition : null;

    static object? Property(object? owner, string name) => owner?.GetType().GetProperty(name, Members)?.GetValue(owner);
}

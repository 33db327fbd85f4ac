using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using PhysOpt.PowerShell.ScriptBlocks.Interpreting;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// The variables and commands that a script block finds in its surroundings, as they were when it first read them: a record holds them as
/// constants, and is made anew when one of them is another.
/// </summary>
/// <remarks>
/// What is read is watched, whatever its name: a variable of the caller, $_, $args, $Matches, $env:HOME, a preference; and names under
/// which there was nothing. Names are read and looked up on the threads of the session; what they stood for is compared on any.
/// </remarks>
internal sealed class WatchedVariables(BlockSource source)
{
    readonly Dictionary<(SessionState Session, string Name), WatchedVariable> variables = new(new ByName());
    readonly Dictionary<(SessionState Session, string Name), WatchedCommand> commands = new(new ByName());
    readonly Dictionary<(SessionState Session, string Name), string?> aliases = new(new ByName());
    readonly Runspace? owner = Runspace.DefaultRunspace;
    volatile WatchedVariable[] all = []; // in the order of reading
    int checkedAt = SessionClock.Now;

    /// <summary>The session of the block.</summary>
    internal SessionState Session => source.Session;

    /// <summary>The names of the variables, as they were read.</summary>
    internal IEnumerable<string> Names => all.Where(variable => variable.IsCaptured).Select(variable => variable.Name);

    /// <summary>True on the threads of the session: only there names can be looked up.</summary>
    internal bool IsHere => ReferenceEquals(owner, Runspace.DefaultRunspace);

    /// <summary>True where something was $null or missing that would be an error in strict mode.</summary>
    internal bool IsLenient { get; set; }

    /// <summary>A variable that is no mere data, where that was read; null where there is none.</summary>
    internal (string Reason, IScriptExtent? Where)? Obstacle { get; private set; }

    /// <summary>The value that PowerShell would read, watched from now on; null where there is none.</summary>
    /// <param name="name">The name as it is written: k, script:k, env:HOME.</param>
    /// <param name="where">Where it is read, for <see cref="Obstacle"/>.</param>
    /// <param name="session">Where the text belongs that reads it: a closure or module has variables of its own; null for the
    /// block's own.</param>
    internal object? Read(string name, IScriptExtent? where = null, SessionState? session = null)
    {
        var variable = Watch(name, session ?? source.Session);
        Take(variable, where);
        return variable.Value;
    }

    /// <summary>True where there is a variable of the name; which is watched too.</summary>
    /// <inheritdoc cref="Read"/>
    internal bool Exists(string name, SessionState? session = null) => Watch(name, session ?? source.Session).IsThere;

    /// <summary>The command that PowerShell would call, through aliases, watched from now on; null where there is none.</summary>
    /// <param name="name">The name as it is written.</param>
    /// <param name="session">Where the text belongs that calls it; null for the block's own session.</param>
    internal CommandInfo? Resolve(string name, SessionState? session = null)
    {
        var key = (session ?? source.Session, name);
        if (!commands.TryGetValue(key, out var command)) commands.Add(key, command = new(key.Item1, name));
        return command.Command;
    }

    /// <summary>What an alias stands for, watched from now on; null for a name that is none.</summary>
    /// <inheritdoc cref="Resolve"/>
    internal string? AliasOf(string name, SessionState? session = null)
    {
        var key = (session ?? source.Session, name);
        if (!aliases.TryGetValue(key, out var meant)) aliases.Add(key, meant = BlockSession.AliasOf(key.Item1, name));
        return meant;
    }

    /// <summary>The name of a variable that an object can be reached from; null for an object of the block's own.</summary>
    internal string? Holder(object value) => all.FirstOrDefault(variable => variable.Contents.Contains(value))?.Name;

    /// <summary>True for an object that can be reached from a variable, and so lives on after the call.</summary>
    internal bool Contains(object value) => Holder(value) is not null;

    /// <summary>
    /// True where a variable, or what is in it, or a command, is another one now. Cheap as long as no code of the user's has run since.
    /// </summary>
    internal bool MayHaveChanged()
    {
        foreach (var variable in all)
        {
            if (variable.IsAnother() && HaveChanged()) return true;
        }

        var time = SessionClock.Now;
        if (time == Volatile.Read(ref checkedAt)) return false;
        if (HaveChanged()) return true;
        Volatile.Write(ref checkedAt, time);
        return false;
    }

    /// <summary>True where a variable, a number in a list or hashtable of one, or a command is another one now.</summary>
    internal bool HaveChanged() => Changed() is not null || (IsHere && (commands.Values.Any(command => command.HasChanged())
        || aliases.Any(alias => BlockSession.AliasOf(alias.Key.Session, alias.Key.Name) != alias.Value)
        || (IsLenient && PlainScript.IsStrict())));

    /// <summary>A variable that holds something else now; null where there is none.</summary>
    internal string? Changed()
    {
        lock (variables)
        {
            return all.FirstOrDefault(variable => variable.HasChanged(IsHere))?.Name;
        }
    }

    WatchedVariable Watch(string name, SessionState session)
    {
        if (variables.TryGetValue((session, name), out var known)) return known;
        var variable = new WatchedVariable(session, name);
        variables.Add((session, name), variable);
        all = [.. all, variable];
        return variable;
    }

    void Take(WatchedVariable variable, IScriptExtent? where)
    {
        variable.IsCaptured = true;
        if (variable.Contents.Unknown is { } unknown) Obstacle ??= (Unreliable(variable.Name, unknown), where);
    }

    static string Unreliable(string name, string what) => $"It uses ${name}, which holds {what} and may act differently the next time";

    /// <summary>Names in a session, whatever their case.</summary>
    sealed class ByName : IEqualityComparer<(SessionState Session, string Name)>
    {
        public bool Equals((SessionState Session, string Name) a, (SessionState Session, string Name) b) =>
            ReferenceEquals(a.Session, b.Session) && a.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((SessionState Session, string Name) key) => StringComparer.OrdinalIgnoreCase.GetHashCode(key.Name);
    }
}

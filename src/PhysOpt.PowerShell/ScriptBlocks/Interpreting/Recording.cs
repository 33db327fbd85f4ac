using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>What a script finds outside of itself; what it reads is watched from then on.</summary>
internal interface ISurroundings
{
    /// <summary>The value of a variable; null where there is none.</summary>
    object? Read(string name);

    /// <summary>True where there is a variable of a name, though it may be $null.</summary>
    bool Has(string name);

    /// <summary>Watches whether strict mode is turned on, in which something that was read would be an error.</summary>
    void WatchStrictMode();

    /// <summary>The command of a name, where an alias what it stands for; null where there is none.</summary>
    CommandInfo? Resolve(string name);

    /// <summary>What an alias stands for; null for a name that is none.</summary>
    string? AliasOf(string name);

    /// <summary>The variable in which an object was found, by itself or deep inside; null for an object that the script made.</summary>
    string? HolderOf(object value);

    /// <summary>The surroundings of a block or function that belongs to another module or closure.</summary>
    ISurroundings Of(ScriptBlock block);
}

/// <summary>One walk over a script with traced numbers.</summary>
/// <param name="recorder">What the operations are recorded by.</param>
internal sealed class Recording(Recorder recorder)
{
    const long MostSteps = 50_000_000;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    readonly long start = Stopwatch.GetTimestamp();
    long steps;

    /// <summary>What the operations are recorded by.</summary>
    internal Recorder Recorder => recorder;

    /// <summary>True where strict mode is on: what there is not is an error, and not $null.</summary>
    internal bool IsStrict { get; set; } = PlainScript.IsStrict();

    /// <summary>The part of the script whose turn it is: where an error arises.</summary>
    internal Ast? Place { get; private set; }

    /// <summary>A part of the script has its turn.</summary>
    /// <exception cref="TraceRefusedException">There have been too many, as in a loop that never ends.</exception>
    internal void At(Ast place)
    {
        RefuseShown();
        Place = place;
        if ((++steps & 0xFFF) != 0) return;
        PlainScript.Pause();
        if (steps > MostSteps)
            throw new TraceRefusedException($"It has taken more than {MostSteps:N0} steps without an end when it is traced");
        if (Stopwatch.GetElapsedTime(start) > Longest)
            throw new TraceRefusedException($"It has taken {Longest.TotalSeconds:N0} seconds without an end when it is traced");
    }

    /// <summary>Refuses what .NET has made text of in the turn of the last part: where that text goes, no record can follow.</summary>
    /// <exception cref="TraceRefusedException">It was a traced number.</exception>
    internal void RefuseShown()
    {
        if (recorder.WasShown) throw new TraceRefusedException(Text.Made);
    }
}

/// <summary>An error by which a script ends, as throw and failing operations raise it.</summary>
/// <param name="value">What was thrown.</param>
/// <param name="place">Where.</param>
internal sealed class ScriptFailure(object? value, Ast place) : Exception(Text.Of(value))
{
    /// <summary>What was thrown.</summary>
    internal object? Value => value;

    /// <summary>Where.</summary>
    internal Ast Place => place;
}

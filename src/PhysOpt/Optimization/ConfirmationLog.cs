namespace PhysOpt.Optimization;

/// <summary>What was confirmed so far by the functions themselves, in a run or in all runs of a search, and what it took.</summary>
internal sealed class ConfirmationLog
{
    readonly HashSet<string> said = [];
    Vector? at;
    Confirmation level;

    /// <summary>The points at which functions themselves were called to confirm.</summary>
    internal int Calls { get; set; }

    /// <summary>What was confirmed at x, if that is the latest point.</summary>
    internal Confirmation At(Vector x) => at is not null && (ReferenceEquals(at, x) || at.Equals(x)) ? level : Confirmation.None;

    /// <summary>Takes note of a point that was confirmed.</summary>
    internal void Note(Vector x, Confirmation confirmed) => (at, level) = (x, confirmed);

    /// <summary>That nothing is confirmed any more: a trace was given up.</summary>
    internal void Clear() => (at, level) = (null, Confirmation.None);

    /// <summary>True the first time that something is to be said.</summary>
    internal bool IsNews(string text) => said.Add(text);
}

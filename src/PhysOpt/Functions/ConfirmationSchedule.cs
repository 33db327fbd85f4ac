namespace PhysOpt.Functions;

/// <summary>
/// When a function is asked between the start and the end of a run whether its trace still says the same: at iterations 1, 2, 4, 8, ...,
/// and where a new branch was recorded, as long as all that together stays within a share of the run's time.
/// </summary>
/// <remarks>
/// What is due and too dear stays due: a run of cheap iterations gets to it later, one that is over soon does not pay for it. What a call
/// costs is known from the calls so far, that at the start among them.
/// </remarks>
/// <param name="elapsed">The run's time so far.</param>
internal sealed class ConfirmationSchedule(Func<TimeSpan> elapsed)
{
    /// <summary>The largest part of the run's time so far that asking may take.</summary>
    internal const double LargestShare = 0.05;

    int next = 1;
    int knownRecordings;
    TimeSpan spent; // between the start and the end
    TimeSpan latest; // of one call

    /// <summary>True where the function is to be asked now.</summary>
    /// <param name="iteration">The number of the iteration, from 1 on.</param>
    /// <param name="recordings">How often branches have been recorded so far.</param>
    internal bool IsDue(int iteration, int recordings)
    {
        if (iteration < next && recordings == knownRecordings) return false;
        if (spent + latest > LargestShare * elapsed()) return false;
        while (next <= iteration) next *= 2;
        knownRecordings = recordings;
        return true;
    }

    /// <summary>Asks, and takes note of what it costs.</summary>
    /// <param name="ask">Asks the function.</param>
    /// <param name="isBetween">False at the start and the end, which are asked whatever it costs.</param>
    /// <param name="recordings">At the start: how often branches have been recorded so far.</param>
    internal T Timed<T>(Func<T> ask, bool isBetween, int? recordings = null)
    {
        knownRecordings = recordings ?? knownRecordings;
        var before = elapsed();
        var answer = ask();
        latest = elapsed() - before;
        if (isBetween) spent += latest;
        return answer;
    }
}

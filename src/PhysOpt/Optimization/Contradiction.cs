namespace PhysOpt.Optimization;

/// <summary>That a function says something else than the trace that ran in its place.</summary>
/// <param name="Role">The function: "Physics", "Loss", "Objective", "Function".</param>
/// <param name="What">What each of them gives, and where: a sentence without its full stop.</param>
/// <param name="At">Where the run was.</param>
internal sealed record Contradiction(string Role, string What, Vector At)
{
    /// <summary>The id of the error where exact derivatives were asked for.</summary>
    internal const string ErrorId = "TraceContradicted";

    /// <summary>What happened.</summary>
    internal string Sentence => $"The trace of {Role} contradicts {Role} itself. {What}.";

    /// <summary>Where nothing but exact derivatives will do.</summary>
    internal EvaluationException Error() => new(
        ErrorId, $"{Sentence} Exact derivatives are not to be had, and differences are not wanted (-Derivative Traced).", At)
    {
        EndsRun = true,
    };
}

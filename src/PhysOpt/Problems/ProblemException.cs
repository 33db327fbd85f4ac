namespace PhysOpt;

/// <summary>A problem, or what is asked of it, is unusable: found before anything is evaluated.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>The <see cref="ErrorId"/> of a method that needs what a problem does not have.</summary>
    internal const string MethodNeedsMore = nameof(MethodNeedsMore);

    /// <summary>Tells what is wrong and what to do.</summary>
    /// <param name="errorId">A stable name of what is wrong, such as "BoundsCrossed".</param>
    /// <param name="message">What is wrong, with the values.</param>
    /// <param name="recommendedAction">What the user can do.</param>
    public ProblemException(string errorId, string message, string recommendedAction) : base(message) =>
        (ErrorId, RecommendedAction) = (errorId, recommendedAction);

    /// <summary>A stable name of what is wrong.</summary>
    public string ErrorId { get; }

    /// <summary>What the user can do.</summary>
    public string RecommendedAction { get; }
}

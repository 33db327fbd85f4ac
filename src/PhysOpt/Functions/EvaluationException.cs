namespace PhysOpt;

/// <summary>
/// A function of the problem has no usable value at a point: it threw, or returned something that is not what it promised.
/// </summary>
public sealed class EvaluationException : Exception
{
    /// <summary>Tells what went wrong, and where.</summary>
    /// <param name="errorId">A stable name of what went wrong, such as "PhysicsReturnedNothing".</param>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="at">The point of evaluation.</param>
    /// <param name="innerException">What the function threw, if it did.</param>
    public EvaluationException(string errorId, string message, Vector? at, Exception? innerException = null)
        : base(message, innerException) =>
        (ErrorId, At) = (errorId, at);

    /// <summary>A stable name of what went wrong.</summary>
    public string ErrorId { get; }

    /// <summary>The point of evaluation.</summary>
    public Vector? At { get; }

    /// <summary>True where no other point would do: the run cannot go on. Otherwise a trial that fails has no value.</summary>
    internal bool EndsRun { get; init; }
}

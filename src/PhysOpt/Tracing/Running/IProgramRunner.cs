namespace PhysOpt.Tracing.Running;

/// <summary>A function from R^n to R^m, ready to be evaluated by any number of threads at once.</summary>
internal interface IProgramRunner
{
    /// <summary>n.</summary>
    int InputCount { get; }

    /// <summary>m.</summary>
    int OutputCount { get; }

    /// <summary>Evaluates the function at x; allocates nothing, but on a thread's first use.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="values">Receives m numbers; may overlap x.</param>
    /// <exception cref="ArgumentException">x or values has another length.</exception>
    void Evaluate(ReadOnlySpan<double> x, Span<double> values);
}

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A function of the user's as it is called: a script block, or compiled code.</summary>
internal interface ICall : ITravels
{
    /// <summary>The numbers that it gives for some arguments.</summary>
    /// <exception cref="EvaluationException">It threw, or gave something other than numbers.</exception>
    Vector Invoke(params ReadOnlySpan<Vector> arguments);

    /// <summary>The matrix that it gives: row by row, as a list of rows, a matrix, or a flat list of its numbers.</summary>
    /// <exception cref="EvaluationException">It threw, or gave something other than a matrix of that size.</exception>
    Matrix InvokeMatrix(int rows, int columns, params ReadOnlySpan<Vector> arguments);
}

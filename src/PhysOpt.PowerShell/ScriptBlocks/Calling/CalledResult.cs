using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>What came back from a function of the user's, read as numbers.</summary>
/// <param name="result">What it returned.</param>
/// <param name="role">What the function is in the problem, for error ids: "Physics", "Jacobian".</param>
/// <param name="at">The point of evaluation.</param>
/// <param name="where">Ends the message: which point, and where the function begins.</param>
/// <param name="advice">What to do where it returned nothing.</param>
internal readonly struct CalledResult(
    object? result, string role, Vector at, Func<string> where, string advice = "must end with its numbers, such as $x[0], ($x[1] * $x[1])")
{
    /// <summary>One number or several.</summary>
    internal Vector Vector() => Numbers.Read(result, out var numbers, out var culprit) switch
    {
        Numbers.Obstacle.None when numbers.Length > 0 => PhysOpt.Vector.Wrap(numbers),
        Numbers.Obstacle.NotNumeric => throw Wrong("ReturnedNotNumeric", $"must return numbers, but returned {Numbers.Describe(culprit)}"),
        _ => throw Wrong("ReturnedNothing", "returned nothing, but " + advice),
    };

    /// <summary>A matrix of a size.</summary>
    internal Matrix Matrix(int rows, int columns)
    {
        var numbers = Numbers.ReadRows(result, columns, out var culprit);
        if (numbers?.Length == rows * columns) return new(rows, columns, (i, j) => numbers[i * columns + j]);
        culprit ??= numbers!.Length % columns == 0 ? $"{numbers.Length / columns}" : $"{Plural.Of(numbers.Length, "number")} in all";
        var wanted = $"{Plural.Of(rows, "row")} of {Plural.Of(columns, "number")}";
        throw Wrong("ShapeMismatch", $"must return {wanted}, one row for each output, but returned {culprit}");
    }

    EvaluationException Wrong(string error, string what) => new(role + error, $"{role} {what}, {where()}", at);
}

using System.Globalization;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Vectors in one line, for the views of the format file.</summary>
public static class PointText
{
    /// <summary>A vector of more numbers is shown by its first ones.</summary>
    const int Longest = 8;

    /// <summary>How numbers are written where nothing else is said.</summary>
    const string Usual = "G9";

    /// <summary>A vector with a component for each variable: "speed = 3, angle = 1", or "3 1" where they have no names.</summary>
    /// <param name="vector">The vector; null gives an empty text.</param>
    /// <param name="source">The record, result or problem that it belongs to, which knows the names.</param>
    /// <param name="format">How each number is written.</param>
    public static string OfVariables(Vector? vector, object? source, string format = Usual)
    {
        var names = Numbers.Unwrap(source) switch
        {
            IComponents point => point.Variables,
            OptimizationProblem problem => problem.Variables,
            GradientError error => error.Variables,
            _ => null,
        };
        return vector is { Count: <= Longest } && names?.Count == vector.Count ? names.Describe(vector, format) : Of(vector, format);
    }

    /// <summary>A vector without names: "3 1", or "40 numbers: 3 1 2 ...".</summary>
    /// <param name="vector">The vector; null gives an empty text.</param>
    /// <param name="format">How each number is written.</param>
    public static string Of(Vector? vector, string format = Usual) =>
        vector is null ? ""
        : vector.Count <= Longest ? vector.ToString(format, CultureInfo.InvariantCulture)
        : $"{vector.Count} numbers: {new Vector(vector.Take(3)).ToString(format, CultureInfo.InvariantCulture)} ...";
}

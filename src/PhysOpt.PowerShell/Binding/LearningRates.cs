using System.Collections;
using PhysOpt.Analysis;
using PhysOpt.Solving;

namespace PhysOpt.PowerShell.Binding;

/// <summary>The learning rates of a comparison, as a hashtable has them: from a method's name to one number or several.</summary>
internal sealed class LearningRates(Hashtable? table)
{
    /// <summary>The names in it.</summary>
    internal IEnumerable<string> Names =>
        table is null ? [] : table.Keys.Cast<object>().Select(key => key.ToString() ?? "").Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>A run for each learning rate of a method; one with the method's own where none is given.</summary>
    /// <exception cref="ProblemException">What is given is not numbers.</exception>
    internal IReadOnlyList<ComparedRun> Of(MethodEntry method)
    {
        if (Names.FirstOrDefault(name => name.Equals(method.Name, StringComparison.OrdinalIgnoreCase)) is not { } key) return [new(method)];
        var value = table!.Keys.Cast<object>().First(each => each.ToString() == key) is var exact ? table[exact] : null;
        if (Numbers.Read(value, out var numbers, out var culprit) == Numbers.Obstacle.None && numbers.Length > 0)
            return [.. numbers.Select(rate => new ComparedRun(method, rate))];
        throw new ProblemException(
            "LearningRateNotNumeric",
                $"The learning rate of {method} must be a number or a list of numbers, but is " +
                $"{Numbers.Describe(culprit ?? Numbers.Unwrap(value))}.",
            $"Give it such as @{{ {method} = 0.1, 0.01 }}.");
    }
}

using PhysOpt.Pictures;
using PhysOpt.Solving;

namespace PhysOpt.Tests.Pictures;

/// <summary>One colour per method.</summary>
public class MethodColourTests
{
    [Theory]
    [InlineData("GradientDescent", "#1F77B4")]
    [InlineData("Newton", "#FF7F0E")]
    [InlineData("InverseSimulator", "#D62728")]
    public void The_methods_of_the_chapter_have_its_colours(string method, string colour) =>
        Assert.Equal(colour, MethodColours.Of(method).ToString());

    [Fact]
    public void No_two_registered_methods_have_the_same_colour() =>
        Assert.Equal(MethodRegistry.All.Count, MethodRegistry.All.Select(method => MethodColours.Of(method.Name)).Distinct().Count());

    [Fact]
    public void An_unknown_method_has_a_colour_that_no_known_one_has()
    {
        var known = MethodRegistry.All.Select(method => MethodColours.Of(method.Name)).ToHashSet();
        string[] unknown = ["CoordinateSearch", "My own", "", "牛顿"];
        Assert.All(unknown, name => Assert.DoesNotContain(MethodColours.Of(name), known));
        Assert.Equal("#FFBB78", MethodColours.Of("CoordinateSearch").ToString()); // the same in every process
    }
}

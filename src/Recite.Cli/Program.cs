Console.WriteLine("recite");
